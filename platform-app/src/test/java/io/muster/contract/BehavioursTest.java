package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is promised of deployments, of the versions that are shown and of the history, and which tests of any module keep
 * it. Fails when one of these is not there any more.
 */
class BehavioursTest {

    private static final Path ROOT = root();

    @ParameterizedTest(name = "{0}: {1}.{2}")
    @CsvSource(delimiter = '|', textBlock = """
            A creation is listed with its steps when its answer arrives                  | DeploymentBehavioursTest | aCreationIsListedWithItsStepsWhenItsAnswerArrives
            A changed definition is one step that replaces instances within the bounds   | DeploymentBehavioursTest | aChangedDefinitionIsOneStepThatStartsAllNewInstancesBesideTheOldOnes
            A changed definition is one step that replaces instances within the bounds   | ConvergenceTest | followsTheWorkedRows
            A replacement takes the worked numbers of steps, starts and ends             | ConvergenceTest | followsTheWorkedRows
            A replacement keeps its bounds whatever happens, and ends                    | ConvergencePropertyTest | everyRollKeepsItsBoundsAndEndsWhenFailuresStop
            Unhealthy instances are ended first, and the replacement ends                | ReplacingUnhealthyTest | endsTheUnhealthyFirstAndComesToAnEnd
            Shares of instances are calculated with decimals                             | ConvergenceTest | calculatesSharesExactlyWhereBinaryFractionsDoNot
            A second change is refused with the deployment that runs                     | DeploymentBehavioursTest | aSecondChangeIsRefusedWithTheRunningDeploymentAndLeavesNeitherVersionNorEvent
            The lock of a pod outlasts refused changes and kills                         | DeploymentBehavioursTest | theLockOutlastsARefusedChangeAndTheKillOfAnInstance
            A forced change supersedes the deployment that runs                          | DeploymentBehavioursTest | aForcedChangeSupersedesTheRunningOneAndReplacesTheInstancesOfBoth
            A forced change that breaks off leaves exactly one deployment                | DeploymentBehavioursTest | aForcedChangeThatIsCutOffAnywhereLeavesExactlyOneDeployment
            A creation of what is there is a conflict without deployments                | DeploymentBehavioursTest | aCreationOfWhatIsThereIsRefusedWithoutADeploymentForcedOrNot
            An update that is undone comes back as a new version                         | DeploymentsApiTest | anUpdateThatIsUndoneLeavesInstancesAloneThatStillRunTheOriginal
            What runs the original already is left alone when an update is undone        | DeploymentsApiTest | anUpdateThatIsUndoneLeavesInstancesAloneThatStillRunTheOriginal
            A cancelled deployment starts and ends nothing more, and is gone             | DeploymentsApiTest | aCancelledUpdateShowsItsTargetAndReplacesNothingMore
            A creation that is undone leaves no pod, and a history                       | DeploymentsApiTest | aCreateThatIsUndoneLeavesNoPodAndAHistory
            Going back and cancelling are never refused for the number of deployments    | DeploymentLimitTest | refusesADeploymentThatWouldBeOneTooMany
            The same definition again changes nothing                                    | UpdateContractTest | row024_putOfTheSameDocumentMakesNoVersion
            Every change of scheduling or executor makes a version                       | DecidedDifferencesTest | changesOfScalingPoliciesMakeVersionsAndReplaceNothing
            Every change of scheduling or executor makes a version                       | DecidedDifferencesTest | changesOfExecutorResourcesReplaceInstances
            Scaling leaves instances and what they refer to alone                        | UpdateContractTest | row027_scalingMakesAVersionAndLeavesInstancesAlone
            Scaling down evens groups out, then follows the kill selection               | GroupBalanceTest | takesFromTheLargerGroupUntilItIsEven
            Scaling down evens groups out, then follows the kill selection               | GroupBalanceTest | followsTheGivenOrderWhereGroupsHaveNoSay
            A killed instance is replaced by one with another id, without a deployment   | InstancesContractTest | row087_killedInstanceIsReplacedWithoutADeployment
            A kill during a deployment is carried out                                    | KillRequestsTest | aKillInTheMiddleOfAnUpdateOnlyDelaysIt
            A deletion is answered with its deployment and nothing else                  | DeploymentBehavioursTest | aDeletionIsAnsweredWithItsDeploymentAndNothingElse
            A deployment that takes too long is failed and undone if that is wanted      | DeploymentsApiTest | aDeploymentThatTakesTooLongIsUndoneIfItsRequestSaysSo
            Without a limit a deployment goes on                                         | DeploymentLifeCycleTest | goesOnAfterALimitAndTellsSoOnce
            Queries show the exposed version while the next one is deployed              | StatusDuringUpdateTest | row046_queriesShowTheFirstVersionWhileTheSecondIsDeployed
            Queries show the exposed version while the next one is deployed              | StatusDuringUpdateTest | row048_newInstancesReferToTheSecondVersion
            Queries show the exposed version while the next one is deployed              | StatusDuringUpdateTest | statusOfThePodIsFrozenWhileItsInstancesAreNot
            The end of a deployment and its version are seen together                    | ExposureTest | noReaderOfAnyReplicaSeesTheEndOfADeploymentAndItsVersionApart
            A pod that is being created is shown, and is not complete                    | StatusDuringUpdateTest | row051_firstVersionIsShownAtOnce
            A pod that is being deleted is shown, then gone                              | UpdateContractTest | row034_deletedPodIsTerminalAndThenGone
            Exposure on acceptance shows a version at once                               | StatusDuringUpdateTest | exposureOnAcceptanceIsThatOfMarathon
            The target can be asked for                                                  | StatusDuringUpdateTest | targetViewShowsWhatIsBeingDeployed
            Every replica answers the same before and after a failover                   | ReplicasContractTest | row096_row045_row050_whatOneReplicaAcceptedSurvivesIt
            After a cancel the target is shown, and fills up what is missing             | DeploymentsApiTest | aCancelledUpdateShowsItsTargetAndReplacesNothingMore
            After a cancel the target is shown, and fills up what is missing             | DeploymentLifeCycleTest | afterACancelLossesAreFilledUpAndNothingIsReplaced
            Who knows an earlier version changes nothing                                 | ConditionalRequestsTest | changesNothingIfTheClientKnowsAnotherTarget
            A pod that is created again continues its versions                           | VersionsContractTest | row044_aPodCreatedAgainContinuesItsVersions
            A pod that is created again continues its versions                           | VersionsContractTest | row043_versionsOfADeletedPodCanBeReadButNotListed
            Of many versions none is ever lost                                           | DeploymentBehavioursTest | ofManyVersionsNoneIsEverLost
            A refused change leaves no version                                           | UpdateContractTest | row032_refusedPutLeavesNoVersion
            A refused change leaves no version                                           | ConcurrentChangesTest | ofChangesOfOnePodOneWinsAndTheOthersLeaveNothing
            Versions of a pod differ even within one millisecond                         | HistoryTest | versionsGrowStrictlyEvenWithinOneMillisecond
            Versions grow although the clock was set back                                | HistoryTest | versionsGrowAlthoughTheClockWasSetBack
            The database refuses the application to rewrite history                      | HistoryPrivilegesTest | historyIsRefusedToTheAppRoleByPrivilegeAndToTheOwnerByTrigger
            A purge leaves a tombstone, and the other versions alone                     | PurgeTest | leavesATombstoneThatEveryQueryOfTheVersionAnswers
            An update whose process is killed again and again ends as it was meant to    | KilledRolloutTest | endsWithExactlyTheWantedInstancesAndAWholeHistory
            Changes of different pods at the same moment all succeed                     | ConcurrentChangesTest | changesOfDifferentPodsAllSucceed
            A listener gets the types that it names, and no others                       | EventsContractTest | onlyTheTypesThatAreAskedForAreSent
            Who does not ask for a stream of events is refused with 405                  | EventsContractTest | whoDoesNotAskForAStreamIsRefusedAsInMarathon
            An idle stream is sent an empty line every ten seconds                       | EventStreamTest | anIdleStreamIsSentAnEmptyLineEveryTenSeconds
            A stream goes on where it was, on another replica too                        | EventReplicasTest | whatOneReplicaStoresTheOtherTells
            A stream goes on where it was, across a restart too                          | EventReplicasTest | aReaderGetsEveryEventExactlyOnceInOrderAcrossARestart
            Who asks for trimmed events is told so                                       | EventLimitsTest | whatWasTrimmedIsToldByAReset
            Of events that commit in reverse order none is skipped                       | EventLogTest | ofTwoThatCommitInReverseOrderNoneIsSkipped
            A client that reads nothing is closed and delays nobody                      | EventLimitsTest | aClientThatReadsNothingIsClosedAndKeepsNobodyWaiting
            Without wake-ups events are told all the same                                | EventReplicasTest | whatOneReplicaStoresTheOtherTells
            A ping is answered whatever else is wrong                                    | PingTest | answersInTheTypeThatIsWantedMost
            A follower answers, and says that it does not lead, or that nobody does      | ReplicasContractTest | row096_row045_row050_whatOneReplicaAcceptedSurvivesIt
            Instances that are stored keep another framework id from being taken         | EngineRunTest | takesNoNewFrameworkIdWhileInstancesHavePlaces
            Instances that are stored keep another framework id from being taken         | MesosClusterTest | takesNoOtherIdThanItsOwn
            A failover leaves the launch delay of a pod as it is                         | BackOffTest | aFailoverLeavesTheDelayAsItIs
            A failover leaves the launch delay of a pod as it is                         | EngineTest | delaysGrowAcrossACrash
            A framework that cannot go on ends the process with a code of its own        | ExitOnDismissalTest | hasTheCodesThatInitScriptsKnow
            A pod that fits nowhere is in the queue, with what offers lack               | QueueApiTest | anInstanceThatFitsNowhereIsShownWithTheFunnelOfRefusals
            A delay can be reset, but not that of a pod that does not wait               | QueueApiTest | aFailedPodWaitsUntilItsDelayIsReset
            A delay can be reset, but not that of a pod that does not wait               | QueueApiTest | theDelayOfAPodThatDoesNotWaitCannotBeReset
            Clients that ask for apps, tasks and plugins are told that there are none    | AroundPodsTest | whatThereIsNoneOfIsEmpty
            Unknown routes are refused in JSON, and are no fault of the server           | HttpSurfaceTest | refusesUnknownRoutesAndMethodsInJson
            A creation that is repeated makes one pod and one deployment                 | DeploymentBehavioursTest | aCreationOfWhatIsThereIsRefusedWithoutADeploymentForcedOrNot
            Deployments of pods have an empty list of apps                               | ClientsTest | deploymentsAreABareArrayWithAppsAndPods
            Entries of the queue have what clients read without a check                  | ConversationsTest | clientsFindWhatTheyRead
            Groups are a tree of ids, with all lists                                     | GroupsApiTest | rootHoldsEverything
            Groups show their pods as status documents                                   | GroupsApiTest | podsInGroupsAreTheirStatusDocuments
            A group is deleted as one deployment                                         | GroupDeleteTest | isListedAsOneDeploymentUntilTheLastPodIsGone
            Metrics are there under the names of Marathon                                | MetricsAndLoggingTest | prometheusFindsTheNamesOfMarathonAndOurs
            """)
    void isKept(String behaviour, String testClass, String test) throws IOException {
        String source = source(testClass);
        int declaration = source.indexOf("void " + test + "(");
        int annotation = Math.max(
                source.lastIndexOf("@Test", declaration), source.lastIndexOf("@ParameterizedTest", declaration));

        assertThat(declaration).as(behaviour).isPositive();
        assertThat(annotation).as(behaviour).isPositive();
        assertThat(source.substring(annotation, declaration))
                .as("of another test")
                .doesNotContain("void ");
    }

    private static String source(String testClass) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(child -> Files.exists(child.resolve("pom.xml")))
                    .toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.exists(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        var found = files.filter(file -> file.endsWith(testClass + ".java"))
                                .findFirst();
                        if (found.isPresent()) {
                            return Files.readString(found.get());
                        }
                    }
                }
            }
        }
        throw new AssertionError("there is no " + testClass);
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new UncheckedIOException(new IOException("not in the sources of Muster"));
            }
        }
        return directory;
    }
}

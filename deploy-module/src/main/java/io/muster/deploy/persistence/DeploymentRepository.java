package io.muster.deploy.persistence;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Rows of {@code deployment}. */
interface DeploymentRepository extends JpaRepository<DeploymentEntity, UUID> {

    /** The states of a deployment that holds the lock of its pod. */
    String RUNNING = "('SUBMITTED', 'ROLLING', 'PAUSED')";

    /** One that holds a lock. Its row is locked until the transaction ends; whoever has it locked is waited for first. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select d from DeploymentEntity d where d.id = :id and d.state in " + RUNNING)
    Optional<DeploymentEntity> holdRunning(UUID id);

    /** All that hold a lock, oldest first. */
    @Query("select d from DeploymentEntity d where d.state in " + RUNNING + " order by d.createdAt, d.id")
    List<DeploymentEntity> running();

    /** Of these pods those that hold a lock, in no order. */
    @Query("select d from DeploymentEntity d where d.podId in :pods and d.state in " + RUNNING)
    List<DeploymentEntity> runningOf(List<String> pods);

    /** The members of these bundles, ordered by pod. */
    @Query("select d from DeploymentEntity d where d.bundle in :bundles order by d.podId, d.id")
    List<DeploymentEntity> membersOf(Collection<UUID> bundles);

    /** Those that the engine has not taken up, oldest first. */
    @Query("select d from DeploymentEntity d where d.state = 'SUBMITTED' order by d.createdAt, d.id")
    List<DeploymentEntity> submitted();

    /** All, the newest first. */
    @Query(nativeQuery = true, value = "select * from deployment order by created_at desc, id desc limit :limit")
    List<DeploymentEntity> newest(int limit);

    /** All that are older than this one, the newest first; none if there is no such one. */
    @Query(nativeQuery = true, value = """
            select * from deployment
            where (created_at, id) < (select created_at, id from deployment where id = :after)
            order by created_at desc, id desc limit :limit
            """)
    List<DeploymentEntity> newest(UUID after, int limit);
}

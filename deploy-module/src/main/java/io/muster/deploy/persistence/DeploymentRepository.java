package io.muster.deploy.persistence;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** Rows of {@code deployment}. */
interface DeploymentRepository extends JpaRepository<DeploymentEntity, UUID> {

    /** Those that hold the lock of this pod: none or one. */
    @Query("select d from DeploymentEntity d where d.podId = :pod and d.state in (SUBMITTED, ROLLING)")
    List<DeploymentEntity> runningOf(String pod);

    /** All that hold a lock, oldest first. */
    @Query("select d from DeploymentEntity d where d.state in (SUBMITTED, ROLLING) order by d.createdAt, d.id")
    List<DeploymentEntity> running();

    /** Those that the engine has not taken up, oldest first. */
    @Query("select d from DeploymentEntity d where d.state = SUBMITTED order by d.createdAt, d.id")
    List<DeploymentEntity> submitted();
}

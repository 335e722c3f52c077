package io.muster.deploy.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writes down what is said to the database, and by whom; can break the connection before one of the statements. */
public final class Statements implements BeanPostProcessor {

    private static final String ENGINE = "muster-engine";
    private static final int NEVER = -1;

    /** One statement, or the end of a transaction. */
    public record Said(String thread, String sql) {

        public boolean endsTransaction() {
            return sql.equals("commit") || sql.equals("rollback");
        }
    }

    private final ConcurrentLinkedQueue<Said> all = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untilBroken = new AtomicInteger(NEVER);

    /** Begins anew. */
    public void forget() {
        all.clear();
    }

    /** What this thread said, in order. */
    public List<Said> ofThisThread() {
        String me = Thread.currentThread().getName();
        return all.stream().filter(said -> said.thread().equals(me)).toList();
    }

    /** What the engine said, in order. */
    List<Said> ofEngine() {
        return all.stream().filter(said -> said.thread().equals(ENGINE)).toList();
    }

    /** The connection that would be next but so many for a statement or a commit, of a request, breaks instead. */
    void breakAfter(int statements) {
        untilBroken.set(statements);
    }

    /** Breaks no more. Returns whether that was still to come. */
    boolean breakNoMore() {
        return untilBroken.getAndSet(NEVER) > 0;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? new Listening(source) : bean;
    }

    private void said(Connection connection, String sql) throws SQLException {
        String thread = Thread.currentThread().getName();
        all.add(new Said(thread, sql));
        if (!thread.equals(ENGINE) && untilBroken.get() > 0 && untilBroken.decrementAndGet() == 0) {
            connection.abort(Runnable::run);
            throw new SQLException("broken by the test before: " + sql, "08006");
        }
    }

    private final class Listening extends DelegatingDataSource {

        Listening(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> call(connection, method, arguments));
        }

        private @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "prepareStatement" -> said(connection, String.valueOf(arguments == null ? null : arguments[0]));
                case "commit", "rollback" -> said(connection, method.getName());
                default -> {}
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
    }
}

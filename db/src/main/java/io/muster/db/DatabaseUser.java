package io.muster.db;

/** A PostgreSQL role that can log in. Its password is in no text form of it. */
public record DatabaseUser(String name, String password) {
    @Override
    public String toString() {
        return "DatabaseUser[" + name + "]";
    }
}

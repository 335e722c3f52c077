/*
 * Stands in for libmesos in tests: all that is native in the Java classes which Muster uses, with the habits of
 * src/java/jni of Mesos 1.11. It keeps a weak reference only, calls back from a native thread that it attaches for each
 * callback and detaches again, waits for a running callback when the object is finalized, and aborts the process when a
 * callback throws. What a master says and is told goes through the Java class NativeSide, which talks to one over HTTP.
 */
#include <jni.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define PACKAGE "org/apache/mesos/v1/scheduler/"
#define MESOS_TYPE "L" PACKAGE "Mesos;"

static JavaVM *jvm;
static jobject loader;

/* One V1Mesos or V0Mesos. */
struct mesos {
  jweak object;
  pthread_t thread;
};

static void die(JNIEnv *env, const char *what) {
  fprintf(stderr, "ABORT: exception thrown during '%s' call\n", what);
  (*env)->ExceptionDescribe(env);
  abort();
}

/* Never FindClass: on a native thread it knows the classes of the JDK only. */
static jclass load(JNIEnv *env, const char *dotted) {
  jclass loaders = (*env)->FindClass(env, "java/lang/ClassLoader");
  jmethodID method = (*env)->GetMethodID(env, loaders, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;");
  jclass found = (*env)->CallObjectMethod(env, loader, method, (*env)->NewStringUTF(env, dotted));
  if ((*env)->ExceptionCheck(env)) {
    die(env, dotted);
  }
  return found;
}

static jclass side(JNIEnv *env) {
  return load(env, "io.muster.mesos.transport.jni.NativeSide");
}

static jmethodID of_side(JNIEnv *env, const char *name, const char *signature) {
  return (*env)->GetStaticMethodID(env, side(env), name, signature);
}

static jbyteArray bytes(JNIEnv *env, jobject message) {
  if (message == NULL) {
    return NULL;
  }
  jmethodID method = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, message), "toByteArray", "()[B");
  return (*env)->CallObjectMethod(env, message, method);
}

static jobject field(JNIEnv *env, jobject object, const char *name, const char *type) {
  jfieldID id = (*env)->GetFieldID(env, (*env)->GetObjectClass(env, object), name, type);
  return (*env)->GetObjectField(env, object, id);
}

static jfieldID handle_field(JNIEnv *env, jobject object) {
  return (*env)->GetFieldID(env, (*env)->GetObjectClass(env, object), "__mesos", "J");
}

static struct mesos *handle(JNIEnv *env, jobject object) {
  return (struct mesos *) (intptr_t) (*env)->GetLongField(env, object, handle_field(env, object));
}

/* The first byte says what to call, the others are an event. */
static void call_back(JNIEnv *env, struct mesos *mesos, jbyteArray word) {
  jbyte kind;
  (*env)->GetByteArrayRegion(env, word, 0, 1, &kind);
  jobject scheduler = field(env, mesos->object, "scheduler", "L" PACKAGE "Scheduler;");
  jclass type = (*env)->GetObjectClass(env, scheduler);
  const char *name = kind == 'C' ? "connected" : kind == 'D' ? "disconnected" : "received";
  if (kind == 'E') {
    jsize length = (*env)->GetArrayLength(env, word) - 1;
    jbyteArray content = (*env)->NewByteArray(env, length);
    jbyte *copy = malloc((size_t) length + 1);
    (*env)->GetByteArrayRegion(env, word, 1, length, copy);
    (*env)->SetByteArrayRegion(env, content, 0, length, copy);
    free(copy);
    jclass events = load(env, "org.apache.mesos.v1.scheduler.Protos$Event");
    jmethodID parse = (*env)->GetStaticMethodID(env, events, "parseFrom", "([B)L" PACKAGE "Protos$Event;");
    jobject event = (*env)->CallStaticObjectMethod(env, events, parse, content);
    jmethodID method = (*env)->GetMethodID(env, type, name, "(" MESOS_TYPE "L" PACKAGE "Protos$Event;)V");
    (*env)->CallVoidMethod(env, scheduler, method, mesos->object, event);
  } else {
    jmethodID method = (*env)->GetMethodID(env, type, name, "(" MESOS_TYPE ")V");
    (*env)->CallVoidMethod(env, scheduler, method, mesos->object);
  }
  if ((*env)->ExceptionCheck(env)) {
    die(env, name);
  }
}

static void *run(void *argument) {
  struct mesos *mesos = argument;
  for (int over = 0; !over;) {
    JNIEnv *env;
    if ((*jvm)->AttachCurrentThread(jvm, (void **) &env, NULL) != JNI_OK) {
      return NULL; /* The JVM ends. */
    }
    jbyteArray word = (*env)->CallStaticObjectMethod(
        env, side(env), of_side(env, "next", "(J)[B"), (jlong) (intptr_t) mesos);
    if ((*env)->ExceptionCheck(env)) {
      die(env, "next");
    }
    over = word == NULL;
    if (!over) {
      call_back(env, mesos, word);
    }
    (*jvm)->DetachCurrentThread(jvm);
  }
  return NULL;
}

static void initialize(JNIEnv *env, jobject object, jbyteArray framework) {
  struct mesos *mesos = calloc(1, sizeof(struct mesos));
  mesos->object = (*env)->NewWeakGlobalRef(env, object);
  (*env)->SetLongField(env, object, handle_field(env, object), (jlong) (intptr_t) mesos);
  jobject master = field(env, object, "master", "Ljava/lang/String;");
  jobject credential = field(env, object, "credential", "Lorg/apache/mesos/v1/Protos$Credential;");
  (*env)->CallStaticVoidMethod(
      env, side(env), of_side(env, "open", "(JLjava/lang/String;[B[B)V"), (jlong) (intptr_t) mesos, master, framework,
      bytes(env, credential));
  if (!(*env)->ExceptionCheck(env)) {
    pthread_create(&mesos->thread, NULL, run, mesos);
  }
}

static void finalize(JNIEnv *env, jobject object) {
  struct mesos *mesos = handle(env, object);
  (*env)->CallStaticVoidMethod(env, side(env), of_side(env, "close", "(J)V"), (jlong) (intptr_t) mesos);
  pthread_join(mesos->thread, NULL);
  (*env)->DeleteWeakGlobalRef(env, mesos->object);
  free(mesos);
}

static void send_call(JNIEnv *env, jobject object, jobject call) {
  (*env)->CallStaticVoidMethod(
      env, side(env), of_side(env, "send", "(J[B)V"), (jlong) (intptr_t) handle(env, object), bytes(env, call));
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void) reserved;
  JNIEnv *env;
  jvm = vm;
  if ((*vm)->GetEnv(vm, (void **) &env, JNI_VERSION_1_2) != JNI_OK) {
    return JNI_ERR;
  }
  jclass threads = (*env)->FindClass(env, "java/lang/Thread");
  jobject thread = (*env)->CallStaticObjectMethod(
      env, threads, (*env)->GetStaticMethodID(env, threads, "currentThread", "()Ljava/lang/Thread;"));
  loader = (*env)->NewGlobalRef(env, (*env)->CallObjectMethod(
      env, thread, (*env)->GetMethodID(env, threads, "getContextClassLoader", "()Ljava/lang/ClassLoader;")));
  jclass library = load(env, "org.apache.mesos.MesosNativeLibrary");
  (*env)->SetStaticBooleanField(env, library, (*env)->GetStaticFieldID(env, library, "loaded", "Z"), JNI_TRUE);
  return JNI_VERSION_1_2;
}

JNIEXPORT jobject JNICALL Java_org_apache_mesos_MesosNativeLibrary__1version(JNIEnv *env, jclass type) {
  (void) type;
  jclass versions = load(env, "org.apache.mesos.MesosNativeLibrary$Version");
  jmethodID constructor = (*env)->GetMethodID(env, versions, "<init>", "(JJJ)V");
  return (*env)->NewObject(env, versions, constructor, (jlong) 1, (jlong) 11, (jlong) 0);
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V1Mesos_initialize(JNIEnv *env, jobject object) {
  initialize(env, object, NULL);
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V1Mesos_finalize(JNIEnv *env, jobject object) {
  finalize(env, object);
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V1Mesos_send(JNIEnv *env, jobject object, jobject call) {
  send_call(env, object, call);
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V1Mesos_reconnect(JNIEnv *env, jobject object) {
  (*env)->CallStaticVoidMethod(
      env, side(env), of_side(env, "reconnect", "(J)V"), (jlong) (intptr_t) handle(env, object));
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V0Mesos_initialize(JNIEnv *env, jobject object) {
  initialize(env, object, bytes(env, field(env, object, "framework", "Lorg/apache/mesos/v1/Protos$FrameworkInfo;")));
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V0Mesos_finalize(JNIEnv *env, jobject object) {
  finalize(env, object);
}

JNIEXPORT void JNICALL Java_org_apache_mesos_v1_scheduler_V0Mesos_send(JNIEnv *env, jobject object, jobject call) {
  send_call(env, object, call);
}

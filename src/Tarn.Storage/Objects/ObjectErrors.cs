using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects;

/// <summary>Failures that every object store words alike, with the code that S3 gives them.</summary>
internal static class ObjectErrors
{
    public static TarnException NoSuchBucket(string bucket) =>
        new(ErrorKind.NotFound, $"bucket '{bucket}' does not exist") { Code = "NoSuchBucket" };

    public static TarnException BucketExists(string bucket) =>
        new(ErrorKind.AlreadyExists, $"bucket '{bucket}' already exists") { Code = "BucketAlreadyOwnedByYou" };

    public static TarnException BucketNotEmpty(string bucket, string? detail = null) =>
        new(ErrorKind.Conflict, $"bucket '{bucket}' is not empty", detail, "delete its objects first")
        {
            Code = "BucketNotEmpty",
        };

    public static TarnException NoSuchKey(ObjectKey key) =>
        new(ErrorKind.NotFound, $"object {key} does not exist") { Code = "NoSuchKey" };

    public static TarnException PreconditionFailed(ObjectKey key, string what) =>
        new(ErrorKind.Conflict, $"object {key} is not what the put requires", what) { Code = "PreconditionFailed" };

    public static TarnException KeyTooLong(int bytes) =>
        new(ErrorKind.Invalid, "key is too long", $"it has {bytes} bytes of UTF-8, the most is 1024")
        {
            Code = "KeyTooLongError",
        };

    public static TarnException InvalidKey(string what) => Invalid("InvalidArgument", what);

    public static TarnException InvalidDigest(string what) => Invalid("InvalidDigest", what);

    public static TarnException BadDigest(ObjectKey key, string expected, string found) =>
        Invalid("BadDigest", $"body of {key} differs from its Content-MD5", $"expected {expected}, found {found}");

    public static TarnException ShaMismatch(ObjectKey key, string expected, string found) =>
        Invalid(
            "XAmzContentSHA256Mismatch", $"body of {key} differs from its SHA-256",
            $"expected {expected}, found {found}");

    public static TarnException IncompleteBody(ObjectKey key, long expected, string found) =>
        Invalid(
            "IncompleteBody", $"body of {key} has another length than announced",
            $"expected {expected} bytes, found {found}");

    public static TarnException InvalidRange(ObjectKey key, long size) =>
        Invalid("InvalidRange", $"range lies outside {key}", $"the object has {size} bytes");

    public static TarnException Damaged(ObjectKey key, string file, string what) =>
        new(ErrorKind.Damaged, $"object {key} is damaged", $"{file}: {what}");

    /// <summary>A failure of the disk under the store, such as no space left.</summary>
    public static TarnException Disk(string doing, Exception cause) =>
        new(
            ErrorKind.Unavailable, $"{doing} failed", cause.Message,
            "check free space and permissions of the data directory", cause);

    private static TarnException Invalid(string code, string message, string? detail = null) =>
        new(ErrorKind.Invalid, message, detail) { Code = code };
}

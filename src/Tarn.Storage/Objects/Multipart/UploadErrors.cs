using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Multipart;

/// <summary>Failures of uploads that every store words alike, with the code that S3 gives them.</summary>
internal static class UploadErrors
{
    public static TarnException NoSuchUpload(ObjectKey key, string uploadId) =>
        new(
            ErrorKind.NotFound, $"upload '{uploadId}' of {key} does not exist",
            "it was completed or aborted, or never begun") { Code = "NoSuchUpload" };

    public static TarnException PartNumber(int number) =>
        Invalid("InvalidArgument", $"part number {number} is not between 1 and 10,000");

    public static TarnException NoParts() => Invalid("InvalidRequest", "an upload is completed of at least one part");

    public static TarnException InvalidPart(int number, string what) =>
        Invalid("InvalidPart", $"part {number} is not what was uploaded", what);

    public static TarnException InvalidPartOrder(int number) =>
        Invalid("InvalidPartOrder", "parts are not in ascending order", $"part {number} is out of place");

    public static TarnException EntityTooSmall(int number, long size, long sizeMin) =>
        Invalid(
            "EntityTooSmall", $"part {number} is too small",
            $"it has {size} bytes; every part but the last has at least {sizeMin}");

    public static TarnException ChecksumKind(string what) => Invalid("InvalidRequest", what);

    public static TarnException PartChecksum(int number, string what) =>
        Invalid("InvalidRequest", $"part {number} does not have the checksum that its upload was begun with", what);

    public static TarnException ObjectChecksum(ObjectKey key, string expected, string found) =>
        Invalid("BadDigest", $"checksum of {key} differs", $"expected {expected}, found {found}");

    private static TarnException Invalid(string code, string message, string? detail = null) =>
        new(ErrorKind.Invalid, message, detail) { Code = code };
}

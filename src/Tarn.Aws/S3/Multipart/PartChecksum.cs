using Tarn.Aws.Protocol;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>The checksum of a part, which must be of its upload's algorithm.</summary>
internal static class PartChecksum
{
    /// <summary>
    /// Parts under a composite checksum must state theirs, or nobody but this server would ever have known it. Under a
    /// checksum of the whole object it is computed when the part does not state it.
    /// </summary>
    public static KeptChecksum? Of(S3Body body, UploadChecksum? upload)
    {
        if (upload is null)
        {
            return null;
        }

        if (upload.IsComposite
            && (body.Checksum is not { } stated || KeptChecksum.Algorithm(stated) != upload.Algorithm))
        {
            throw new AwsException(
                "InvalidRequest",
                400,
                "Checksum Type mismatch occurred, expected checksum Type: "
                + $"{ChecksumNames.Ending(upload.Algorithm)}, "
                + $"actual checksum Type: {body.Checksum?.Algorithm ?? "null"}");
        }

        return KeptChecksum.Of(body, upload.Algorithm);
    }
}

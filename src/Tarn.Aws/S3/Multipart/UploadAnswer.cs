using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>Elements that ListParts and ListMultipartUploads share.</summary>
internal static class UploadAnswer
{
    /// <summary>Every upload is the account's, whoever began it.</summary>
    public static void WriteOwners(XmlAnswer answer, LakeIdentity lake)
    {
        foreach (var role in (ReadOnlySpan<string>)["Initiator", "Owner"])
        {
            answer.Open(role).Text("ID", lake.AccountId).Text("DisplayName", lake.AccountId).Close();
        }
    }

    public static void WriteChecksum(XmlAnswer answer, MultipartUpload upload)
    {
        if (upload.Checksum is { } checksum)
        {
            answer.Text("ChecksumAlgorithm", ChecksumNames.Name(checksum.Algorithm))
                .Text("ChecksumType", ChecksumNames.Type(checksum.IsComposite));
        }
    }
}

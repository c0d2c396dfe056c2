using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>The elements that listings answer with.</summary>
internal static class ListingAnswer
{
    /// <param name="owner">Null: owners are not asked for.</param>
    public static void WriteObjects(XmlAnswer answer, ObjectPage page, ListingRequest request, LakeIdentity? owner)
    {
        foreach (var found in page.Objects)
        {
            answer.Open("Contents")
                .Text("Key", request.Encode(found.Key.Key))
                .Time("LastModified", found.LastModified)
                .Text("ETag", $"\"{found.ETag}\"")
                .Number("Size", found.Size)
                .Text("StorageClass", "STANDARD");
            WriteChecksum(answer, found);
            if (owner is not null)
            {
                WriteOwner(answer, owner);
            }

            answer.Close();
        }
    }

    public static void WriteChecksum(XmlAnswer answer, ObjectInfo found)
    {
        if (found.Checksum is { } checksum)
        {
            answer.Text("ChecksumAlgorithm", ChecksumNames.Name(checksum.Algorithm))
                .Text("ChecksumType", ChecksumNames.Type(checksum.IsComposite));
        }
    }

    public static void WriteOwner(XmlAnswer answer, LakeIdentity owner) =>
        answer.Open("Owner").Text("ID", owner.AccountId).Text("DisplayName", owner.AccountId).Close();

    public static void WritePrefixes(
        XmlAnswer answer, IReadOnlyList<string> commonPrefixes, ListingRequest request)
    {
        foreach (var prefix in commonPrefixes)
        {
            answer.Open("CommonPrefixes").Text("Prefix", request.Encode(prefix)).Close();
        }
    }
}

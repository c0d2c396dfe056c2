using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>How S3 writes checksum algorithms in values, headers and XML.</summary>
internal static class ChecksumNames
{
    private static readonly (ChecksumAlgorithm Algorithm, string Name)[] Rows =
    [
        (ChecksumAlgorithm.Crc32, "CRC32"),
        (ChecksumAlgorithm.Crc32C, "CRC32C"),
        (ChecksumAlgorithm.Crc64Nvme, "CRC64NVME"),
        (ChecksumAlgorithm.Sha1, "SHA1"),
        (ChecksumAlgorithm.Sha256, "SHA256"),
    ];

    public static string Name(ChecksumAlgorithm algorithm) => Rows.First(row => row.Algorithm == algorithm).Name;

    /// <summary>The header's name, in lower case.</summary>
    public static string Header(ChecksumAlgorithm algorithm) => "x-amz-checksum-" + Ending(algorithm);

    /// <summary>The end of the header's name, such as <c>crc32</c>.</summary>
    public static string Ending(ChecksumAlgorithm algorithm) => Name(algorithm).ToLowerInvariant();

    public static string Element(ChecksumAlgorithm algorithm) => "Checksum" + Name(algorithm);

    /// <summary>By its name in either case; null when it is none that is supported.</summary>
    public static ChecksumAlgorithm? Find(string name) =>
        Rows.Where(row => row.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(row => (ChecksumAlgorithm?)row.Algorithm)
            .FirstOrDefault();

    public static string Type(bool isComposite) => isComposite ? "COMPOSITE" : "FULL_OBJECT";

    /// <summary>Elements of the checksum and of its type.</summary>
    public static void Write(Protocol.Xml.XmlAnswer answer, ObjectChecksum? checksum)
    {
        if (checksum is not null)
        {
            answer.Text(Element(checksum.Algorithm), checksum.Value)
                .Text("ChecksumType", Type(checksum.IsComposite));
        }
    }
}

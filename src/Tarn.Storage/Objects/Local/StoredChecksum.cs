using System.Text.Json.Serialization;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// A checksum within stored JSON, named as AWS names it:
/// <code>{"algorithm": "CRC32C", "value": "yZRlqg==", "composite": true}</code>
/// <c>composite</c> is left out when false, <c>value</c> when it is not known yet (an upload under way).
/// </summary>
internal sealed record StoredChecksum
{
    // In the order of the enum.
    private static readonly string[] Names = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];

    [JsonPropertyName("algorithm")]
    public required string Algorithm { get; init; }

    [JsonPropertyName("value")]
    public string? Value { get; init; }

    [JsonPropertyName("composite")]
    public bool? IsComposite { get; init; }

    public static StoredChecksum From(ChecksumAlgorithm algorithm, string? value, bool isComposite) => new()
    {
        Algorithm = NameOf(algorithm),
        Value = value,
        IsComposite = isComposite ? true : null,
    };

    public static StoredChecksum? From(ObjectChecksum? checksum) =>
        checksum is null ? null : From(checksum.Algorithm, checksum.Value, checksum.IsComposite);

    /// <summary>AWS's name, which the store keeps.</summary>
    public static string NameOf(ChecksumAlgorithm algorithm) => Names[(int)algorithm];

    public static ChecksumAlgorithm Parse(string name) => (ChecksumAlgorithm)Array.IndexOf(Names, name);

    public ObjectChecksum? ToChecksum() =>
        Value is null ? null : new ObjectChecksum(Parse(Algorithm), Value, IsComposite ?? false);
}

using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_EncryptionConfiguration.html</summary>
internal sealed record EncryptionConfiguration
{
    public const string None = "NoEncryption";

    [Member(Choices = [None])]
    public string? NoEncryptionConfig { get; init; }

    [Member(Refused = Reasons.KeyManagement)]
    public string? KMSEncryptionConfig { get; init; }
}

using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_Tag.html</summary>
internal sealed record Tag
{
    /// <summary>On a resource, and in a request.</summary>
    public const int TagsMax = 50;

    public const string KeyPattern = @"^(?!aws:)[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$";

    [Member(IsNeeded = true, Min = 1, Max = 128, Pattern = KeyPattern)]
    public string? Key { get; init; }

    [Member(Max = 256, Pattern = @"^[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$")]
    public string? Value { get; init; }
}

namespace Tarn.Primitives.Identity;

/// <summary>Who this lake says it is in ARNs: account id (12 digits) and home region.</summary>
public sealed record LakeIdentity
{
    /// <summary>Twelve digits; the default is all zeros.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The region of ARNs that Tarn makes up itself. Requests signed for any region are accepted.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>An ARN of this lake, such as <c>arn:aws:kinesis:us-east-1:000000000000:stream/scores</c>.</summary>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{AccountId}:{resource}";
}

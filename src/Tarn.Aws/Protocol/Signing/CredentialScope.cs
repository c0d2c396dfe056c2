namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// What a signing key is good for: one day, region and service. Written <c>20260102/us-east-1/s3/aws4_request</c>.
/// </summary>
internal readonly record struct CredentialScope(string Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}

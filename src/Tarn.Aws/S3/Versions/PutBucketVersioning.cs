using Tarn.Aws.Protocol;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3.Versions;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html. MfaDelete can only be said to be off:
/// there are no devices to ask.
/// </summary>
internal sealed class PutBucketVersioning(IObjectVersions versions) : IS3Operation
{
    private const string Status = "Status";
    private const string MfaDelete = "MfaDelete";

    public string Name => "PutBucketVersioning";

    public string? Action => "s3:PutBucketVersioning";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var document = await S3Document.ReadAsync(call, "VersioningConfiguration", cancellation);
        var elements = S3Document.Children(document, Status, MfaDelete);
        if (elements.Any(element => element.Name == MfaDelete) && S3Document.Text(document, MfaDelete) != "Disabled")
        {
            throw new AwsException(
                "NotImplemented", 501, "tarn does not support MfaDelete of s3 PutBucketVersioning other than Disabled");
        }

        if (elements.All(element => element.Name != Status))
        {
            throw new AwsException(
                "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");
        }

        var versioning = S3Document.Text(document, Status) switch
        {
            "Enabled" => BucketVersioning.Enabled,
            "Suspended" => BucketVersioning.Suspended,
            var other => throw S3Document.Malformed($"Status is '{other}', neither Enabled nor Suspended"),
        };
        await versions.SetVersioningAsync(call.Address.Bucket, versioning, cancellation);
        call.Send(200);
    }
}

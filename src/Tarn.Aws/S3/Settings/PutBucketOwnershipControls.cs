using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html. Takes what every bucket is, and
/// refuses the rest by name.
/// </summary>
internal sealed class PutBucketOwnershipControls(IObjectStore objects) : IS3Operation
{
    public const string Enforced = "BucketOwnerEnforced";

    private static readonly string[] WithAcls = ["BucketOwnerPreferred", "ObjectWriter"];

    public string Name => "PutBucketOwnershipControls";

    public string? Action => "s3:PutBucketOwnershipControls";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var document = await S3Document.ReadAsync(call, "OwnershipControls", cancellation);
        var rules = S3Document.Children(document, "Rule");
        if (rules.Count != 1)
        {
            throw S3Document.Malformed($"{rules.Count} rules; there is one");
        }

        _ = S3Document.Children(rules[0], "ObjectOwnership");
        var ownership = S3Document.Text(rules[0], "ObjectOwnership").Trim();
        if (ownership != Enforced)
        {
            throw WithAcls.Contains(ownership)
                ? new AwsException(
                    "NotImplemented", 501, $"tarn does not support ObjectOwnership '{ownership}': it has no ACLs")
                : S3Document.Malformed($"ObjectOwnership is '{ownership}'");
        }

        call.Send(200);
    }
}

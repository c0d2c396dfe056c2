using Tarn.Aws.Protocol;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html. As nothing is ever moved
/// to another storage class, the least size of what is moved can only be S3's default.
/// </summary>
internal sealed class PutBucketLifecycleConfiguration(
    IObjectStore objects, IBucketLifecycle lifecycle, IdSource ids) : IS3Operation
{
    public const string MinimumHeader = "x-amz-transition-default-minimum-object-size";
    public const string MinimumDefault = "all_storage_classes_128K";

    public string Name => "PutBucketLifecycleConfiguration";

    public string? Action => "s3:PutLifecycleConfiguration";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [.. S3Document.Headers, MinimumHeader];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        if (call.Header(MinimumHeader) is { } least and not MinimumDefault)
        {
            throw new AwsException(
                "NotImplemented",
                501,
                $"tarn does not support header '{MinimumHeader}' of s3 {Name} with '{least}': there is one storage "
                + $"class, and nothing is moved to another. Leave it out, or send {MinimumDefault}");
        }

        var rules = LifecycleDocument.Parse(
            await S3Document.ReadAsync(call, "LifecycleConfiguration", cancellation), ids);
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        await lifecycle.SetAsync(call.Address.Bucket, rules, cancellation);
        call.Response.Headers[MinimumHeader] = MinimumDefault;
        call.Send(200);
    }
}

using Tarn.Aws.S3.Lifecycle;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html. The body streams into the store, which commits
/// it only when length, hashes, checksum and chunk signatures have proved right and the condition holds.
/// </summary>
internal sealed class PutObject(IObjectStore objects, IBucketLifecycle lifecycle) : IS3Operation
{
    public string Name => "PutObject";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers { get; } = [.. SentAttributes.Headers, .. SentBody.Headers];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var attributes = SentAttributes.Read(call);
        var condition = WriteConditions.Read(call, Name);
        await using var body = SentBody.Open(call);
        using var checksum = KeptChecksum.Of(body);
        var stored = await objects.PutAsync(
            call.Object,
            checksum.Body,
            attributes with
            {
                Checksum = checksum.Value,
                Condition = condition,
                ContentLength = body.Length,
                ContentMd5 = call.Header("content-md5"),
            },
            cancellation);
        call.Response.Headers.ETag = $"\"{stored.ETag}\"";
        VersionIds.Write(call, stored.VersionId);
        ObjectHeaders.WriteChecksum(call, stored.Checksum);
        ExpiryHeaders.Write(call, lifecycle, stored);
        call.Send(200);
    }
}

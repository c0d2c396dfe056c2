using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html. The body streams from the store.
/// </summary>
internal sealed class GetObject(IObjectStore objects) : IS3Operation
{
    public string Name => "GetObject";

    public string? Action => "s3:GetObject";

    public IReadOnlyList<string> Parameters => ObjectHeaders.Parameters;

    public IReadOnlyList<string> Headers => ["x-amz-checksum-mode"];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var range = RangeHeader.Parse(call.Header("range"));
        var info = await objects.FindAsync(call.Object, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        Preconditions.Check(call.Request.Headers, info);
        CheckRange(call, range, info);

        await using var content = await objects.OpenAsync(call.Object, range, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        if (content.Info.ETag != info.ETag)
        {
            // Replaced between the two calls: what is sent must still meet the conditions.
            Preconditions.Check(call.Request.Headers, content.Info);
            CheckRange(call, range, content.Info);
        }

        ObjectHeaders.Write(call, content.Info, whole: range is null);
        call.Response.StatusCode = range is null ? 200 : 206;
        call.Response.ContentLength = content.Length;
        if (range is not null)
        {
            call.Response.Headers.ContentRange =
                $"bytes {content.Start}-{content.Start + content.Length - 1}/{content.Info.Size}";
        }

        await content.Body.CopyToAsync(call.Response.Body, 128 * 1024, cancellation);
    }

    private static void CheckRange(S3Call call, ByteRange? range, ObjectInfo info)
    {
        if (range is { } asked && !RangeHeader.Fits(asked, info.Size))
        {
            call.Response.Headers.ContentRange = $"bytes */{info.Size}";
            throw new AwsException("InvalidRange", 416, "The requested range is not satisfiable");
        }
    }
}

using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html</summary>
internal sealed class HeadObject(IObjectStore objects) : IS3Operation
{
    public string Name => "HeadObject";

    public string? Action => "s3:GetObject";

    public IReadOnlyList<string> Parameters => ObjectHeaders.Parameters;

    public IReadOnlyList<string> Headers => ["x-amz-checksum-mode"];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var info = await objects.FindAsync(call.Object, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        Preconditions.Check(call.Request.Headers, info);
        var range = RangeHeader.Parse(call.Header("range"));
        var (start, length) = (0L, info.Size);
        if (range is { } asked)
        {
            if (!RangeHeader.Fits(asked, info.Size))
            {
                throw new AwsException("InvalidRange", 416, "The requested range is not satisfiable");
            }

            start = asked.First ?? Math.Max(0, info.Size - asked.Last!.Value);
            length = Math.Min(
                asked.First is null ? info.Size - 1 : asked.Last ?? info.Size - 1, info.Size - 1) - start + 1;
            call.Response.Headers.ContentRange = $"bytes {start}-{start + length - 1}/{info.Size}";
        }

        ObjectHeaders.Write(call, info, whole: range is null);
        call.Response.StatusCode = range is null ? 200 : 206;
        call.Response.ContentLength = length;
    }
}

using System.Globalization;
using Tarn.Aws.Protocol.Signing;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>The parameters that both versions of ListObjects share.</summary>
internal sealed record ListingRequest(string Prefix, string? Delimiter, int KeysMax, bool EncodesUrl)
{
    public static readonly IReadOnlyList<string> Parameters = ["prefix", "delimiter", "max-keys", "encoding-type"];

    public static ListingRequest Parse(S3Call call)
    {
        var max = 1000;
        if (call.Parameter("max-keys") is { } text
            && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out max))
        {
            throw S3Errors.InvalidArgument("Provided max-keys not an integer or within integer range");
        }

        var delimiter = call.Parameter("delimiter");
        return new ListingRequest(
            call.Parameter("prefix") ?? "",
            string.IsNullOrEmpty(delimiter) ? null : delimiter,
            Math.Min(max, 1000),
            ReadsEncoding(call));
    }

    /// <summary>Whether keys are to be percent-encoded in the answer.</summary>
    public static bool ReadsEncoding(S3Call call) => call.Parameter("encoding-type") switch
    {
        null => false,
        "url" => true,
        var other => throw S3Errors.InvalidArgument($"Invalid Encoding Method specified in Request: '{other}'"),
    };

    /// <summary>One page. max-keys 0 gives an empty one, which is not truncated.</summary>
    public async Task<ObjectPage> ReadAsync(
        IObjectStore objects, string bucket, string? after, CancellationToken cancellation)
    {
        if (KeysMax == 0)
        {
            await S3Errors.RequireBucketAsync(objects, bucket, cancellation);
            return new ObjectPage([], [], null);
        }

        var listing = new ObjectListing { Prefix = Prefix, Delimiter = Delimiter, After = after, EntriesMax = KeysMax };
        return await objects.ListAsync(bucket, listing, cancellation);
    }

    /// <summary>A key as it is written in the answer.</summary>
    public string? Encode(string? key) =>
        key is not null && EncodesUrl ? UriEncoding.Encode(key, keepSlash: true) : key;
}

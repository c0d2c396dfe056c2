using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>Which bytes of an object a GET or HEAD is about: all of them, a range, or one part.</summary>
/// <param name="Part">The part that <c>partNumber</c> asks for, of an object that was uploaded in parts.</param>
internal sealed record Selection(long Start, long Length, bool IsPartial, ObjectPart? Part)
{
    public const string PartNumber = "partNumber";

    /// <summary>For <see cref="IObjectStore.OpenAsync"/>; null: the whole object.</summary>
    public ByteRange? Range => IsPartial ? new ByteRange(Start, Start + Length - 1) : null;

    /// <summary>Fails with InvalidRange or InvalidPartNumber (416) and names the object's size then.</summary>
    public static Selection Of(S3Call call, ObjectInfo info)
    {
        var whole = new Selection(0, info.Size, IsPartial: false, Part: null);
        var range = RangeHeader.Parse(call.Header("range"));
        if (call.Parameter(PartNumber) is { } number)
        {
            return call.Header("range") is null
                ? OfPart(call, Number(number), whole, info)
                : throw new AwsException(
                    "InvalidRequest", 400, "Cannot specify both Range header and partNumber query parameter");
        }

        if (range is not var (first, last) || !Preconditions.HoldsRange(call, info))
        {
            return whole;
        }

        if (!RangeHeader.Fits(range.Value, info.Size))
        {
            throw Outside(call, info, "InvalidRange", "The requested range is not satisfiable");
        }

        var start = first ?? Math.Max(0, info.Size - last!.Value);
        var end = first is null ? info.Size - 1 : Math.Min(last ?? info.Size - 1, info.Size - 1);
        return new Selection(start, end - start + 1, IsPartial: true, Part: null);
    }

    /// <summary>Status, length and range of the answer.</summary>
    public void Write(S3Call call, ObjectInfo info)
    {
        call.Response.StatusCode = IsPartial ? 206 : 200;
        call.Response.ContentLength = Length;
        if (IsPartial)
        {
            call.Response.Headers.ContentRange = $"bytes {Start}-{Start + Length - 1}/{info.Size}";
        }

        if (Part is not null)
        {
            call.Response.Headers["x-amz-mp-parts-count"] = info.Parts.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// Parts are counted from 1 in their order, whatever numbers they were uploaded under: a reader goes through them
    /// up to x-amz-mp-parts-count. An object that was put whole is its own only part.
    /// </summary>
    private static Selection OfPart(S3Call call, int number, Selection whole, ObjectInfo info)
    {
        if (number > Math.Max(1, info.Parts.Count))
        {
            throw Outside(call, info, "InvalidPartNumber", "The requested partnumber is not satisfiable");
        }

        if (info.Parts.Count == 0)
        {
            return whole with { IsPartial = info.Size > 0 };
        }

        var part = info.Parts[number - 1];
        var start = info.Parts.Take(number - 1).Sum(before => before.Size);
        return new Selection(start, part.Size, IsPartial: part.Size > 0, part);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= 10_000
            ? number
            : throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive");

    private static AwsException Outside(S3Call call, ObjectInfo info, string code, string message)
    {
        call.Response.Headers.ContentRange = $"bytes */{info.Size}";
        return new AwsException(code, 416, message);
    }
}

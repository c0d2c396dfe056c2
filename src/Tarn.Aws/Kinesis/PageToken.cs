using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Aws.Protocol;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Where the next page of an operation begins: of which stream, after which name, given when. Opaque to clients; eight
/// bytes of SHA-256 tell a mistyped one. It survives a restart and is good for five minutes.
/// </summary>
/// <param name="Operation">That gave it; no other takes it.</param>
/// <param name="Filter">What else the pages have in common, or empty.</param>
internal sealed record PageToken(
    string Operation, string Stream, string StreamId, string After, string Filter, DateTimeOffset IssuedAt)
{
    private const int CheckBytes = 8;
    private const int FieldCount = 6;

    /// <summary>The token, or AWS's error for one that is not this operation's or is too old.</summary>
    public static PageToken Parse(string text, string operation, DateTimeOffset now)
    {
        if (TryParse(text) is not { } token || token.Operation != operation)
        {
            throw KinesisErrors.InvalidArgument($"The NextToken is not one that {operation} gave.");
        }

        return now - token.IssuedAt <= KinesisToken.ValidFor
            ? token
            : throw new AwsException(
                "ExpiredNextTokenException",
                400,
                $"The NextToken was given at {token.IssuedAt:u} and is valid for "
                + $"{KinesisToken.ValidFor.TotalSeconds} seconds.");
    }

    public override string ToString()
    {
        var issued = IssuedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var content = Encoding.UTF8.GetBytes(
            string.Join('\0', Operation, Stream, StreamId, After, Filter, issued));
        return Convert.ToBase64String([.. Check(content), .. content]);
    }

    private static PageToken? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length < CheckBytes)
        {
            return null;
        }

        var content = bytes.AsSpan(CheckBytes..length);
        if (!Check(content).AsSpan().SequenceEqual(bytes.AsSpan(0, CheckBytes)))
        {
            return null;
        }

        var fields = Encoding.UTF8.GetString(content).Split('\0');
        return fields.Length == FieldCount
            && long.TryParse(fields[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var issued)
                ? new PageToken(
                    fields[0],
                    fields[1],
                    fields[2],
                    fields[3],
                    fields[4],
                    DateTimeOffset.FromUnixTimeMilliseconds(issued))
                : null;
    }

    private static byte[] Check(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..CheckBytes];
}

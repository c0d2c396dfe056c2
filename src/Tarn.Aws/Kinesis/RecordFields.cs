using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Tarn.Aws.Protocol.Records;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>Data, ExplicitHashKey and PartitionKey of one record, gathered in whatever order they come.</summary>
/// <param name="number">The record's place in Records, from 1; 0 for the one of PutRecord.</param>
internal struct RecordFields(int number)
{
    private const int KeyCharactersMax = 256;

    private ReadOnlyMemory<byte> _data;
    private ReadOnlyMemory<byte> _key;
    private UInt128? _hashKey;
    private bool _hasData;
    private bool _hasKey;
    private bool _isBase64;

    /// <summary>The payload as it is stored.</summary>
    public void SetData(ReadOnlyMemory<byte> data) => (_data, _hasData, _isBase64) = (data, true, false);

    /// <summary>The payload as base64 text, checked in <see cref="Finish"/>.</summary>
    public void SetBase64(ReadOnlyMemory<byte> text) => (_data, _hasData, _isBase64) = (text, true, true);

    /// <summary>The partition key in UTF-8.</summary>
    public void SetKey(ReadOnlyMemory<byte> key)
    {
        if (!Utf8.IsValid(key.Span))
        {
            throw PutErrors.Wrong($"member '{Path("partitionKey")}' is not UTF-8");
        }

        var characters = key.Length <= KeyCharactersMax
            ? Math.Min(key.Length, 1)
            : Encoding.UTF8.GetCharCount(key.Span);
        if (characters is < 1 or > KeyCharactersMax)
        {
            throw PutErrors.Violation(
                "...", Path("partitionKey"), $"Member must have length between 1 and {KeyCharactersMax}");
        }

        (_key, _hasKey) = (key, true);
    }

    /// <summary>ExplicitHashKey; null is as if it were not there.</summary>
    public void SetHashKey(string? text)
    {
        if (text is not null)
        {
            _hashKey = UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hashKey)
                ? hashKey
                : throw KinesisErrors.InvalidArgument(
                    "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
                    + $"Specified value was {text}");
        }
    }

    /// <summary>The record, or an error that names what it lacks or has too much of.</summary>
    public readonly StreamEntry Finish()
    {
        if (!_hasData || !_hasKey)
        {
            throw PutErrors.Violation("null", Path(_hasData ? "partitionKey" : "data"), "Member must not be null");
        }

        if (!_isBase64)
        {
            return new StreamEntry(_key, _data, _hashKey);
        }

        return StreamEntry.TryFromBase64(_key, _data, _hashKey, out var entry)
            ? entry
            : throw PutErrors.Wrong($"member '{Path("data")}' is not base64");
    }

    /// <summary>How errors name one of its members.</summary>
    public readonly string Path(string member) => number == 0 ? member : $"records.{number}.member.{member}";
}

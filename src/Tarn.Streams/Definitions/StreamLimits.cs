using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.Streams.Definitions;

/// <summary>The documented bounds of streams and records, and what is said to those who pass them.</summary>
internal static partial class StreamLimits
{
    public const int ShardsMax = 10_000;
    public const int ShardsOnDemand = 4;
    public const int RetentionHoursMin = 24;
    public const int RetentionHoursMax = 8_760;
    public const int KeyCharactersMax = 256;
    public const int RecordBytesMin = 1 << 20;
    public const int RecordBytesMax = 10 << 20;
    public const int LatencyMillisecondsMax = 60_000;

    /// <summary>The spec with the shards that a new stream will have, or an Invalid or LimitExceeded error.</summary>
    public static StreamSpec CheckNew(StreamSpec spec)
    {
        if (spec.OnDemand)
        {
            spec = spec.ShardCount is 1 or ShardsOnDemand
                ? spec with { ShardCount = ShardsOnDemand }
                : throw new TarnException(
                    ErrorKind.Invalid,
                    $"stream '{spec.Name}' is on demand and cannot be given {spec.ShardCount} shards",
                    hint: "leave the shard count out, or make the stream provisioned");
        }

        return Check(spec);
    }

    /// <summary>The spec, or an Invalid or LimitExceeded error.</summary>
    public static StreamSpec Check(StreamSpec spec)
    {
        if (spec.IsInternal && !IsInternal(spec.Name))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"name '{spec.Name}' of an internal stream has no '$' before it");
        }

        CheckName("stream", spec.IsInternal ? spec.Name[1..] : spec.Name);
        CheckRetention(spec.RetentionHours);
        CheckSettings(spec);
        TagLimits.Check(spec.Tags);
        return spec.ShardCount switch
        {
            < 1 => throw new TarnException(
                ErrorKind.Invalid,
                $"shard count {spec.ShardCount} of stream '{spec.Name}' is not valid",
                hint: "use at least 1"),
            > ShardsMax => throw new TarnException(
                ErrorKind.LimitExceeded,
                $"stream '{spec.Name}' would have {spec.ShardCount} shards",
                $"a stream has at most {ShardsMax} shards"),
            _ => spec,
        };
    }

    public static bool IsInternal(string name) => name.StartsWith('$');

    public static void CheckName(string what, string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{what} name '{name}' is not valid",
                hint: "use 1 to 128 letters, digits, '_', '.' or '-'");
        }
    }

    public static void CheckRetention(int hours)
    {
        if (hours is < RetentionHoursMin or > RetentionHoursMax)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"retention of {hours} hours is not valid",
                hint: $"use {RetentionHoursMin} to {RetentionHoursMax} hours");
        }
    }

    private static void CheckSettings(StreamSpec spec)
    {
        if (spec.RecordBytesMax is < RecordBytesMin or > RecordBytesMax || spec.RecordBytesMax % 1024 != 0)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"a record size of {spec.RecordBytesMax} bytes is not valid",
                hint: $"use {RecordBytesMin >> 10} to {RecordBytesMax >> 10} KiB");
        }

        if (spec.Faults.ErrorRate is not (>= 0 and <= 1))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"error rate {spec.Faults.ErrorRate} is not valid", hint: "use 0 to 1");
        }

        if (spec.Faults.LatencyMilliseconds is < 0 or > LatencyMillisecondsMax)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"a latency of {spec.Faults.LatencyMilliseconds} ms is not valid",
                hint: $"use 0 to {LatencyMillisecondsMax}");
        }
    }

    /// <summary>Why the entry cannot be stored, or null.</summary>
    /// <param name="recordBytesMax">Of its stream.</param>
    public static AppendError? Check(in StreamEntry entry, int recordBytesMax)
    {
        var key = entry.PartitionKey.Span;
        if (key.IsEmpty)
        {
            return new AppendError(ErrorKind.Invalid, "partition key is empty", Code: null);
        }

        if (!Utf8.IsValid(key))
        {
            return new AppendError(ErrorKind.Invalid, "partition key is not UTF-8", Code: null);
        }

        if (key.Length > KeyCharactersMax && Encoding.UTF8.GetCharCount(key) is var count and > KeyCharactersMax)
        {
            return new AppendError(
                ErrorKind.Invalid,
                $"partition key has {count} characters, at most {KeyCharactersMax} are allowed",
                Code: null);
        }

        var bytes = key.Length + (long)entry.DataLength;
        return bytes <= recordBytesMax
            ? null
            : new AppendError(
                ErrorKind.LimitExceeded,
                $"record has {bytes} bytes of data and partition key, at most {recordBytesMax} are allowed",
                Code: null);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{1,128}\z")]
    private static partial Regex NamePattern();
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Tarn.Delivery.Timestamps;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.EventTimes;

/// <summary>
/// Reads the time that a record tells out of one member of a JSON object, without building a tree. Thread-safe.
/// </summary>
internal sealed class EventTimeReader
{
    private const string Iso = "iso8601";
    private const string Seconds = "epoch_s";
    private const string Milliseconds = "epoch_ms";

    /// <summary>Numbers from here on are milliseconds when no format says; seconds would be in the year 5138.</summary>
    private const double MillisecondsFrom = 1e11;

    /// <summary>Times before this year are taken for faults of the producer.</summary>
    private const int YearMin = 1000;

    private static readonly double SecondsMax = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly byte[][] _path;
    private readonly string _field;
    private readonly string? _format;
    private readonly TimestampReading? _pattern;

    /// <summary>Fails with Invalid or Unsupported when field or format cannot be used.</summary>
    public EventTimeReader(EventTime settings)
    {
        _field = settings.Field;
        _format = settings.Format;
        var names = settings.Field.Split('.');
        if (names.Any(name => name.Length == 0))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"event time field '{settings.Field}' has an empty name",
                hint: "names of members with dots between them: event.played_at");
        }

        _path = [.. names.Select(Encoding.UTF8.GetBytes)];
        _pattern = settings.Format is null or Iso or Seconds or Milliseconds ? null : Pattern(settings.Format);
    }

    public EventTimeReading Read(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            return Find(ref reader) ? ReadValue(ref reader) : EventTimeReading.Fail($"has no field '{_field}'");
        }
        catch (JsonException)
        {
            return EventTimeReading.Fail("is not JSON");
        }
        catch (InvalidOperationException)
        {
            return EventTimeReading.Fail($"field '{_field}' is not valid Unicode");
        }
    }

    private static TimestampReading Pattern(string format)
    {
        if (!TimestampPattern.TryParse(format, out var pattern, out var fault))
        {
            var nearest = Suggestion.Hint(format, [Iso, Seconds, Milliseconds]);
            throw new TarnException(
                nearest is null ? fault.Kind : ErrorKind.Invalid,
                $"event time format '{format}' has a fault at position {fault.Position + 1}: {fault.Message}",
                hint: nearest ?? fault.Hint);
        }

        return TimestampReading.Of(pattern);
    }

    /// <summary>Goes to the value at the end of the path; members of other names are skipped whole.</summary>
    private bool Find(ref Utf8JsonReader reader)
    {
        reader.Read();
        foreach (var name in _path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !FindMember(ref reader, name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool FindMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private EventTimeReading ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when _format is null or Seconds or Milliseconds:
                return OfNumber(reader.GetDouble());
            case JsonTokenType.String:
                return OfText(reader.GetString()!);
            case JsonTokenType.Null:
                return EventTimeReading.Fail($"field '{_field}' is null");
            default:
                return EventTimeReading.Fail($"field '{_field}' is not of the form {_format ?? "of a time"}");
        }
    }

    private EventTimeReading OfText(string text)
    {
        if (_format is Seconds or Milliseconds)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? OfNumber(number)
                : Refuse(text);
        }

        var isRead = _pattern is null ? IsoTimeText.TryRead(text, out var time) : _pattern.TryRead(text, out time);
        return isRead ? Checked(time, text) : Refuse(text);
    }

    private EventTimeReading OfNumber(double number)
    {
        var isMilliseconds = _format == Milliseconds || (_format is null && Math.Abs(number) >= MillisecondsFrom);
        var seconds = isMilliseconds ? number / 1000 : number;
        if (!(Math.Abs(seconds) < SecondsMax / 2))
        {
            return Refuse(number.ToString(CultureInfo.InvariantCulture));
        }

        var ticks = (long)Math.Round(isMilliseconds ? number * 10_000 : number * 10_000_000);
        return Checked(DateTimeOffset.UnixEpoch.AddTicks(ticks), number.ToString(CultureInfo.InvariantCulture));
    }

    private EventTimeReading Checked(DateTimeOffset time, string text) =>
        time.Year >= YearMin ? EventTimeReading.Of(time) : Refuse(text);

    private EventTimeReading Refuse(string text) => EventTimeReading.Fail(
        $"field '{_field}' is '{(text.Length <= 64 ? text : text[..64] + "…")}', not a time{Form()}");

    private string Form() => _format is null ? "" : $" of the form {_format}";
}

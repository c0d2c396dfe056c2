using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>Times, all in UTC.</summary>
internal static class TimeFunctions
{
    private const string IsoFormat = "%Y-%m-%dT%H:%M:%SZ";

    public static IReadOnlyList<JqFunction> All { get; } =
    [
        JqFunction.Plain("gmtime", "seconds since 1970 as an array of fields", (_, input) =>
            BrokenTime.FromSeconds(NumberFunctions.NumberOf(input, "gmtime")).ToArray()),
        JqFunction.Plain("mktime", "fields as seconds since 1970", (_, input) => input.Kind == JqKind.Array
            ? JqValue.Of(BrokenTime.Of(input, "mktime").ToSeconds())
            : throw new JqFault("mktime requires array inputs")),
        new("strftime", "format", "seconds or fields as text", call => Print(FormatOf(call, TimeFormat.Conversions))),
        new("strptime", "format", "text as fields; an offset in it is read over", call =>
        {
            var format = FormatOf(call, TimeReading.Conversions);
            return new SingleCallNode((_, input) => Read(input, format));
        }),
        new("todate", "", $"seconds as {IsoFormat}", _ => Print(IsoFormat)),
        new("todateiso8601", "", "the same", _ => Print(IsoFormat)),
        JqFunction.Plain("fromdate", $"seconds of {IsoFormat}", (_, input) => FromIso(input)),
        JqFunction.Plain("fromdateiso8601", "the same", (_, input) => FromIso(input)),
    ];

    private static SingleCallNode Print(string format) => new((run, input) =>
    {
        var text = TimeFormat.Print(format, BrokenTime.Of(input, "strftime"));
        run.Grow(text.Length);
        return JqValue.Of(text);
    });

    private static string FormatOf(JqCall call, string conversions)
    {
        var format = call.LiteralText(0, "the format");
        if (format.Length == 0)
        {
            throw call.Invalid(0, "the format is empty", IsoFormat);
        }

        var unknown = TimeFormat.FindUnknown(format, conversions);
        return unknown < 0 && !(call.Name.Text == "strptime" && format.Contains("%-", StringComparison.Ordinal))
            ? format
            : throw call.Source.Unsupported(
                call.Positions[0],
                $"'{format[Math.Max(0, unknown)..]}' of '{call.Name.Text}' is not supported",
                $"conversions are %{string.Join(" %", conversions.ToCharArray())}");
    }

    /// <summary>The fields; what follows a space in the text comes after them.</summary>
    private static JqValue Read(JqValue input, string format)
    {
        var text = TextFunctions.TextOf(input, "strptime");
        var reading = new TimeReading(text);
        var fields = reading.Read(format)?.ToArray()
            ?? throw new JqFault($"date \"{text}\" does not match format \"{format}\"");
        return reading.Rest.Length == 0
            ? fields
            : JqValue.Of([.. fields.Array.Items, JqValue.Of(reading.Rest)]);
    }

    private static JqValue FromIso(JqValue input) =>
        JqValue.Of(BrokenTime.Of(Read(input, IsoFormat), "mktime").ToSeconds());
}

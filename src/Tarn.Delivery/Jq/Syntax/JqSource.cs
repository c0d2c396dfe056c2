using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Jq.Syntax;

/// <summary>A query's text, the setting it stands in, and failures that say where in it.</summary>
internal sealed record JqSource(string Text, string Setting)
{
    public TarnException Invalid(int position, string what, string? hint) =>
        new(ErrorKind.Invalid, $"{Setting} {At(position)}: {what}", hint: hint);

    public TarnException Unsupported(int position, string what, string? hint) =>
        new(ErrorKind.Unsupported, $"{Setting} {At(position)}: {what}", hint: hint);

    /// <summary>Line and column, both from 1.</summary>
    public string At(int position)
    {
        var before = Text.AsSpan(0, Math.Min(position, Text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        return $"{line}:{column}";
    }
}

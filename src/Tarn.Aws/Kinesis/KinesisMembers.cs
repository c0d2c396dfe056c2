using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Kinesis;

/// <summary>Members of the kinds that several operations share, with the constraints of the service model.</summary>
internal static partial class KinesisMembers
{
    private const int LengthMax = 128;
    private const string NamePatternText = "[a-zA-Z0-9_.-]+";

    /// <summary>A shard id, stream name or consumer name, or null.</summary>
    public static string? NameText(this JsonMembers members, string name)
    {
        if (members.Text(name) is not { } text)
        {
            return null;
        }

        Check(members, name, text, NamePattern(), NamePatternText);
        return text.Length <= LengthMax
            ? text
            : throw Violation(members, name, text, $"Member must have length less than or equal to {LengthMax}");
    }

    public static string RequiredNameText(this JsonMembers members, string name) =>
        members.NameText(name) ?? throw members.Missing(name);

    /// <summary>A hash key; null for one that is larger than any there is.</summary>
    public static UInt128? RequiredHashKey(this JsonMembers members, string name)
    {
        var text = members.RequiredText(name);
        Check(members, name, text, HashKeyPattern(), @"0|([1-9]\d{0,38})");
        return UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
    }

    /// <summary>The wire form of a sequence number, of any size, or null.</summary>
    public static string? SequenceText(this JsonMembers members, string name)
    {
        var text = members.Text(name);
        if (text is not null)
        {
            Check(members, name, text, SequencePattern(), @"0|([1-9]\d{0,128})");
        }

        return text;
    }

    /// <summary>One of an enum's values.</summary>
    public static string RequiredChoice(this JsonMembers members, string name, params ReadOnlySpan<string> choices)
    {
        var text = members.RequiredText(name);
        return choices.Contains(text)
            ? text
            : throw Violation(
                members, name, text, $"Member must satisfy enum value set: [{string.Join(", ", choices!)}]");
    }

    public static Protocol.AwsException Violation(JsonMembers members, string name, string value, string constraint) =>
        JsonMembers.Violation($"Value '{value}' at '{members.At(name)}' failed to satisfy constraint: {constraint}");

    private static void Check(JsonMembers members, string name, string text, Regex pattern, string patternText)
    {
        if (!pattern.IsMatch(text))
        {
            throw Violation(
                members, name, text, $"Member must satisfy regular expression pattern: {patternText}");
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,38})\z")]
    private static partial Regex HashKeyPattern();

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,128})\z")]
    private static partial Regex SequencePattern();
}

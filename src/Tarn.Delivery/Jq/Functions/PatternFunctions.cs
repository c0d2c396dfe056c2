using System.Text;
using System.Text.RegularExpressions;
using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>
/// Regular expressions. They stand in the query itself and are those of .NET's engine that never backtracks, so the
/// time of a match is bounded by the text; look-around, back references and the like are refused.
/// </summary>
internal static class PatternFunctions
{
    private const int PatternCharactersMax = 1024;

    public static IReadOnlyList<JqFunction> All { get; } =
    [
        new("test", "re", "whether the pattern is found", call => Test(call, Compile(call, flagsAt: null))),
        new("test", "re; flags", "the same; flags of i, x, s, n, g", call => Test(call, Compile(call, flagsAt: 1))),
        new("capture", "re", "an object of the named groups; none when not found", call => Capture(call, null)),
        new("capture", "re; flags", "the same with flags", call => Capture(call, 1)),
        new("sub", "re; text", "the first match replaced; named groups are the replacement's input", call =>
            Replace(call, flagsAt: null, isGlobal: false)),
        new("sub", "re; text; flags", "the same with flags", call => Replace(call, flagsAt: 2, isGlobal: false)),
        new("gsub", "re; text", "every match replaced", call => Replace(call, flagsAt: null, isGlobal: true)),
        new("gsub", "re; text; flags", "the same with flags", call => Replace(call, flagsAt: 2, isGlobal: true)),
    ];

    private static (Regex Regex, bool IsGlobal) Compile(JqCall call, int? flagsAt)
    {
        var pattern = call.LiteralText(0, "the pattern");
        if (pattern.Length > PatternCharactersMax)
        {
            throw call.Invalid(
                0, $"the pattern is {pattern.Length} characters long", $"at most {PatternCharactersMax}");
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        var isGlobal = false;
        var flags = flagsAt is { } at ? call.LiteralText(at, "the flags") : "";
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                case 's':
                    options |= RegexOptions.Singleline;
                    break;
                case 'g':
                    isGlobal = true;
                    break;
                case 'n':
                    break;
                default:
                    throw call.Source.Unsupported(
                        call.Positions[flagsAt!.Value],
                        $"flag '{flag}' of '{call.Name.Text}' is not supported",
                        "i, x, s, n, g");
            }
        }

        try
        {
            return (new Regex(pattern, options), isGlobal);
        }
        catch (NotSupportedException)
        {
            throw call.Source.Unsupported(
                call.Positions[0],
                "the pattern needs backtracking, which is not supported",
                "no look-around, back references or atomic groups");
        }
        catch (ArgumentException e)
        {
            throw call.Invalid(0, "the pattern is not a regular expression", e.Message);
        }
    }

    private static SingleCallNode Test(JqCall call, (Regex Regex, bool IsGlobal) pattern) =>
        new((_, input) => JqValue.Of(pattern.Regex.IsMatch(TextFunctions.TextOf(input, call.Name.Text))));

    private static ManyCallNode Capture(JqCall call, int? flagsAt)
    {
        var (regex, isGlobal) = Compile(call, flagsAt);
        return new ManyCallNode((run, input) =>
        {
            var text = TextFunctions.TextOf(input, "capture");
            return regex.Matches(text).Take(isGlobal ? int.MaxValue : 1)
                .Select(match => GroupsOf(run, regex, match));
        });
    }

    private static SingleCallNode Replace(JqCall call, int? flagsAt, bool isGlobal)
    {
        var (regex, isFlagged) = Compile(call, flagsAt);
        var replacement = call.Arguments[1];
        return replacement.IsSingle
            ? new SingleCallNode((run, input) => Replace(run, input, regex, replacement, isGlobal || isFlagged))
            : throw call.Source.Unsupported(
                call.Positions[1],
                $"a replacement of '{call.Name.Text}' that may give several values is not supported",
                hint: null);
    }

    private static JqValue Replace(JqRun run, JqValue input, Regex regex, JqNode replacement, bool isGlobal)
    {
        var text = TextFunctions.TextOf(input, "sub");
        var output = new StringBuilder(text.Length);
        var at = 0;
        foreach (var match in regex.Matches(text).Take(isGlobal ? int.MaxValue : 1))
        {
            run.Step();
            var piece = TextFunctions.TextOf(replacement.One(run, GroupsOf(run, regex, match)), "sub");
            run.Grow(piece.Length);
            output.Append(text, at, match.Index - at).Append(piece);
            at = match.Index + match.Length;
        }

        run.Grow(text.Length);
        return JqValue.Of(output.Append(text, at, text.Length - at).ToString());
    }

    private static JqValue GroupsOf(JqRun run, Regex regex, Match match)
    {
        var made = new OrderedDictionary<string, JqValue>(StringComparer.Ordinal);
        foreach (var name in regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0])))
        {
            var group = match.Groups[name];
            run.Grow(1 + group.Length);
            made[name] = group.Success ? JqValue.Of(group.Value) : JqValue.Null;
        }

        return JqValue.Of(new JqObject(made));
    }
}

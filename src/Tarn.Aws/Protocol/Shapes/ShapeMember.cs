using System.Text.RegularExpressions;

namespace Tarn.Aws.Protocol.Shapes;

/// <summary>One member of a <see cref="Shapes.Shape"/>.</summary>
/// <param name="Name">Its name where something is created, which is how it is kept.</param>
/// <param name="Shape">Of a structure, or of each in a list; null otherwise.</param>
internal sealed record ShapeMember(string Name, MemberAttribute Rules, ShapeKind Kind, Shape? Shape)
{
    private readonly Regex? _pattern = Whole(Rules.Pattern);
    private readonly Regex? _keyPattern = Whole(Rules.KeyPattern);

    public string NameIn(ShapeForm form) => form switch
    {
        ShapeForm.Update => Rules.InUpdate ?? Name,
        ShapeForm.Description => Rules.InDescription ?? Name,
        _ => Name,
    };

    public bool IsNeededIn(ShapeForm form) =>
        Rules.IsNeeded || (Rules.IsNeededToCreate && form == ShapeForm.Configuration);

    /// <summary>The constraints that a text breaks, in AWS's words.</summary>
    public IEnumerable<string> Broken(string text)
    {
        if (Rules.Choices.Length > 0 && !Rules.Choices.Contains(text, StringComparer.Ordinal))
        {
            yield return $"Member must satisfy enum value set: [{string.Join(", ", Rules.Choices)}]";
        }

        if (text.Length > Rules.Max)
        {
            yield return AtMost("length", Rules.Max);
        }

        if (text.Length < Rules.Min)
        {
            yield return AtLeast("length", Rules.Min);
        }

        if (_pattern?.IsMatch(text) == false)
        {
            yield return "Member must satisfy regular expression pattern: " + Rules.Pattern;
        }
    }

    /// <summary>The constraints that a number breaks.</summary>
    public IEnumerable<string> Broken(long number)
    {
        if (number > Rules.Max)
        {
            yield return AtMost("value", Rules.Max);
        }

        if (number < Rules.Min)
        {
            yield return AtLeast("value", Rules.Min);
        }
    }

    /// <summary>The constraints that the number of a list's items breaks.</summary>
    public IEnumerable<string> BrokenBy(int items)
    {
        if (items > Rules.ItemsMax)
        {
            yield return AtMost("length", Rules.ItemsMax);
        }

        if (items < Rules.ItemsMin)
        {
            yield return AtLeast("length", Rules.ItemsMin);
        }
    }

    /// <summary>Whether a map may have this key.</summary>
    public bool IsKey(string key) => key.Length >= Rules.Min && key.Length <= Rules.Max
        && _keyPattern?.IsMatch(key) != false;

    /// <summary>All that a key of a map, or otherwise a value, must satisfy, as AWS tells when one does not.</summary>
    public string ItemRules(bool isKey) => "[" + string.Join(
        ", ",
        AtMost("length", Rules.Max),
        AtLeast("length", Rules.Min),
        "Member must satisfy regular expression pattern: " + (isKey ? Rules.KeyPattern : Rules.Pattern)) + "]";

    private static Regex? Whole(string? pattern) => pattern is null
        ? null
        : new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);

    private static string AtMost(string what, long bound) => $"Member must have {what} less than or equal to {bound}";

    private static string AtLeast(string what, long bound) =>
        $"Member must have {what} greater than or equal to {bound}";
}

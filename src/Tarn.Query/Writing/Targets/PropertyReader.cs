using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>The properties of WITH, each read once; what nobody reads is refused by name.</summary>
internal sealed class PropertyReader
{
    private readonly Dictionary<string, Property> _left = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    public PropertyReader(IReadOnlyList<Property> properties)
    {
        foreach (var property in properties)
        {
            if (!_left.TryAdd(property.Name, property))
            {
                throw Wrong(property.Position, $"property '{property.Name}' is given twice", hint: null);
            }
        }
    }

    /// <summary>A text, or null when it is not given.</summary>
    public string? Text(string name) => Take(name) is not { } property
        ? null
        : property.Value is Expression.Literal { Text: { } text }
            ? text
            : throw Wrong(property.Position, $"property '{name}' must be a text", $"{name} = 'value'");

    /// <summary>A whole number, or null.</summary>
    public int? Number(string name) => Take(name) is not { } property
        ? null
        : property.Value is Expression.Literal { Text: { } text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(property.Position, $"property '{name}' must be a whole number", $"{name} = 10");

    /// <summary>The texts of an array, in lower case; empty when it is not given.</summary>
    public IReadOnlyList<string> Names(string name)
    {
        if (Take(name) is not { } property)
        {
            return [];
        }

        var items = property.Value is Expression.ArrayOf array
            ? array.Items.OfType<Expression.Literal>().Select(item => item.Text).OfType<string>().ToList()
            : [];
        return items.Count > 0 && items.Count == ((Expression.ArrayOf)property.Value).Items.Count
            ? [.. items.Select(item => item.ToLowerInvariant())]
            : throw Wrong(
                property.Position, $"property '{name}' must be an array of texts", $"{name} = ARRAY['column']");
    }

    /// <summary>Where a property stands, for messages; the statement's own place when it was not given.</summary>
    public void RefuseOthers(string statement)
    {
        if (_left.Values.FirstOrDefault() is { } other)
        {
            throw Wrong(
                other.Position,
                $"{statement} has no property '{other.Name}'",
                Suggestion.Hint(other.Name, _known) ?? $"it has {string.Join(", ", _known)}");
        }
    }

    public static TarnException Wrong(SqlPosition position, string message, string? hint) =>
        new(ErrorKind.Invalid, $"{position}: {message}", hint: hint) { Code = "INVALID_TABLE_PROPERTY" };

    private Property? Take(string name)
    {
        _known.Add(name);
        return _left.Remove(name, out var property) ? property : null;
    }
}

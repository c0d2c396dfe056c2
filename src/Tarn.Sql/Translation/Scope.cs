using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>
/// The names visible to an expression: lambda parameters, select aliases (in ORDER BY), FROM, then the outer query.
/// </summary>
internal sealed class Scope(FromClause from, Scope? outer)
{
    public FromClause From => from;

    /// <summary>Names that come before those of FROM.</summary>
    public IReadOnlyList<OutputColumn> First { get; init; } = [];

    /// <summary>The common tables in reach.</summary>
    public CommonTables Tables { get; init; } = outer?.Tables ?? CommonTables.None;

    /// <summary>The WINDOW clause of the SELECT.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = outer?.Windows ?? [];

    /// <summary>The column that the leading parts name, and how many parts that took.</summary>
    public (OutputColumn Column, int Parts) Resolve(Expression.Reference name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Find(name) is { } found)
            {
                return found;
            }
        }

        throw SqlErrors.ColumnNotFound(
            name.Position,
            string.Join('.', name.Parts.Select(part => part.Text)),
            Suggestion.Hint(name.Parts[^1].Text, Known()));
    }

    /// <summary>As <see cref="Resolve"/>, in this query's own FROM only; null when it is not there.</summary>
    public OutputColumn? FindLocal(Expression.Reference name) =>
        Find(name) is { } found && found.Parts == name.Parts.Count ? found.Column : null;

    private Scope? Outer => outer;

    private IEnumerable<string> Known() =>
        from.Star.Concat(First).Select(column => column.Name).OfType<string>().Concat(outer?.Known() ?? []).Distinct();

    private (OutputColumn Column, int Parts)? Find(Expression.Reference name)
    {
        var parts = name.Parts;
        if (Match(First, parts[0].Text, name) is { } first)
        {
            return (first, 1);
        }

        foreach (var length in (ReadOnlySpan<int>)[3, 2])
        {
            if (parts.Count < length)
            {
                continue;
            }

            var columns = from.Sources
                .Where(source => Same(source.Name, parts[length - 2].Text)
                    && (length == 2 || Same(source.Database, parts[0].Text)))
                .SelectMany(source => source.Columns.Concat(source.Hidden));
            if (Match(columns, parts[length - 1].Text, name) is { } qualified)
            {
                return (qualified, length);
            }
        }

        return Match(from.Star, parts[0].Text, name) is { } plain ? (plain, 1)
            : Match(from.Sources.SelectMany(source => source.Hidden), parts[0].Text, name) is { } hidden ? (hidden, 1)
            : null;
    }

    private static OutputColumn? Match(IEnumerable<OutputColumn> columns, string name, Expression.Reference at)
    {
        var found = columns.Where(column => Same(column.Name, name)).Take(2).ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ =>
                throw SqlErrors.Invalid(
                    "AMBIGUOUS_NAME", at.Position, $"Column '{name}' is ambiguous", "write table.column"),
        };
    }

    private static bool Same(string? a, string b) => a is not null && a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

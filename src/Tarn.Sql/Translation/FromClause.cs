namespace Tarn.Sql.Translation;

/// <summary>A translated FROM.</summary>
/// <param name="Star">What <c>*</c> stands for: with USING, the joined columns once and first.</param>
internal sealed record FromClause(string Sql, IReadOnlyList<Source> Sources, IReadOnlyList<OutputColumn> Star)
{
    public static readonly FromClause Empty = new("", [], []);
}

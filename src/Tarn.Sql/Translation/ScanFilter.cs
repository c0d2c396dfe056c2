using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>A condition on one column.</summary>
/// <param name="Operator">=, &lt;&gt;, &lt;, &lt;=, &gt;, &gt;=, IN, or PREFIX: the value begins so.</param>
/// <param name="Values">Literals; several only of IN.</param>
public sealed record ScanFilter(string Column, string Operator, IReadOnlyList<Expression.Literal> Values);

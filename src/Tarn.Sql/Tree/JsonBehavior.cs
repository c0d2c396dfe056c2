namespace Tarn.Sql.Tree;

/// <summary>What stands before ON EMPTY or ON ERROR.</summary>
/// <param name="Kind">ERROR, NULL, DEFAULT, TRUE, FALSE, UNKNOWN, EMPTY ARRAY or EMPTY OBJECT.</param>
public sealed record JsonBehavior(string Kind, Expression? Default);

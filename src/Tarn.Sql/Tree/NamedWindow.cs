namespace Tarn.Sql.Tree;

/// <summary>An entry of the WINDOW clause.</summary>
public sealed record NamedWindow(Identifier Name, Window Window);

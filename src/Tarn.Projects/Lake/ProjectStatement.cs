namespace Tarn.Projects.Lake;

/// <summary>A statement of <c>queries/*.sql</c>.</summary>
/// <param name="File">Path within the project.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record ProjectStatement(string File, int Line, string Sql);

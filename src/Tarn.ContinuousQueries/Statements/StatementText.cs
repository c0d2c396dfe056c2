namespace Tarn.ContinuousQueries.Statements;

/// <summary>One statement of a file.</summary>
/// <param name="Text">Without the closing semicolon and the space and comments around it.</param>
/// <param name="Line">Where it begins in the file, from 1.</param>
public sealed record StatementText(string Text, int Line);

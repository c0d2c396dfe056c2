namespace Tarn.Sql.Tree;

/// <summary>A place in the text; both count from 1, as in Athena's messages.</summary>
public readonly record struct SqlPosition(int Line, int Column)
{
    public override string ToString() => $"line {Line}:{Column}";
}

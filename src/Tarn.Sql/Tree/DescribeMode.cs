namespace Tarn.Sql.Tree;

public enum DescribeMode
{
    Plain,
    Extended,
    Formatted,
}

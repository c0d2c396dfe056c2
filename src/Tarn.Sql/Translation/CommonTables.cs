namespace Tarn.Sql.Translation;

/// <summary>The WITH names in reach, innermost first.</summary>
internal sealed class CommonTables
{
    public static readonly CommonTables None = new(null, "", "", []);

    private readonly CommonTables? _outer;
    private readonly string _name;

    private CommonTables(CommonTables? outer, string name, string alias, IReadOnlyList<OutputColumn> columns)
    {
        _outer = outer;
        _name = name;
        Alias = alias;
        Columns = columns;
    }

    /// <summary>Its name in the printed query.</summary>
    public string Alias { get; }

    public IReadOnlyList<OutputColumn> Columns { get; }

    public CommonTables With(string name, string alias, IReadOnlyList<OutputColumn> columns) =>
        new(this, name, alias, columns);

    public CommonTables? Find(string name)
    {
        for (var table = this; table._outer is not null; table = table._outer)
        {
            if (table._name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return table;
            }
        }

        return null;
    }
}

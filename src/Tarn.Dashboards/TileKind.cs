namespace Tarn.Dashboards;

public enum TileKind
{
    Bar,
    Line,
    Table,
    Number,
}

using Tarn.Aws.Protocol;

namespace Tarn.Aws.Athena;

/// <summary>Athena's operations that are refused on purpose, with the reason and what to do instead.</summary>
internal static class AthenaRefusals
{
    private const string Capacity = "there is no capacity to be bought: queries run on this machine";
    private const string CapacityHint = "limit workgroups in lake.yaml (running_max, memory_mib)";
    private const string Spark = "notebooks, sessions and calculations are Spark's, which is not here";
    private const string SparkHint = "run SQL with StartQueryExecution, or a job";
    private const string Catalogs = "the lake has one data catalog, AwsDataCatalog";
    private const string CatalogsHint = "create databases and tables in it";

    private static readonly string[] CapacityOperations =
    [
        "CancelCapacityReservation", "CreateCapacityReservation", "DeleteCapacityReservation",
        "GetCapacityAssignmentConfiguration", "GetCapacityReservation", "ListCapacityReservations",
        "PutCapacityAssignmentConfiguration", "UpdateCapacityReservation",
    ];

    private static readonly string[] SparkOperations =
    [
        "CreateNotebook", "CreatePresignedNotebookUrl", "DeleteNotebook", "ExportNotebook", "GetCalculationExecution",
        "GetCalculationExecutionCode", "GetCalculationExecutionStatus", "GetNotebookMetadata", "GetResourceDashboard",
        "GetSession", "GetSessionEndpoint", "GetSessionStatus", "ImportNotebook", "ListApplicationDPUSizes",
        "ListCalculationExecutions", "ListExecutors", "ListNotebookMetadata", "ListNotebookSessions", "ListSessions",
        "StartCalculationExecution", "StartSession", "StopCalculationExecution", "TerminateSession", "UpdateNotebook",
        "UpdateNotebookMetadata",
    ];

    private static readonly string[] CatalogOperations =
        ["CreateDataCatalog", "DeleteDataCatalog", "UpdateDataCatalog"];

    public static readonly IReadOnlyList<(AwsService Service, string Operation, string Reason, string Hint)> Rows =
    [
        .. CapacityOperations.Select(name => (AwsService.Athena, name, Capacity, CapacityHint)),
        .. SparkOperations.Select(name => (AwsService.Athena, name, Spark, SparkHint)),
        .. CatalogOperations.Select(name => (AwsService.Athena, name, Catalogs, CatalogsHint)),
    ];
}

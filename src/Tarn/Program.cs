using System.CommandLine;
using Tarn.Commands;
using Tarn.Commands.Access;
using Tarn.Commands.Delivery;
using Tarn.Commands.Queries;
using Tarn.Commands.S3;
using Tarn.Commands.Streams;

var root = new RootCommand("""
    Tarn: a serverless data lake in one process: streams, delivery, catalog, SQL, live views and dashboards,
    behind the AWS APIs.

      tarn demo                       the whole lake at work, with a dashboard in the browser
      tarn up --project my-lake       serve a lake described by files
      eval "$(tarn env)"              point the aws cli and SDKs at it
      tarn sql "SELECT ..."           query it
      tarn stream tail NAME           watch records arrive
      tarn s3 cp FILE s3://BUCKET     put a file into it; ls, cp, rm, du, mb, rb
      tarn user add NAME              give somebody a key of their own
    """)
{
    UpCommand.Create(),
    DemoCommand.Create(),
    EnvCommand.Create(),
    SqlCommand.Create(),
    PutCommand.Create(),
    StreamCommand.Create(),
    S3Command.Create(),
    JobCommand.Create(),
    CompactionCommand.Create(),
    DeliveryCommand.Create(),
    ViewCommand.Create(),
    QueryCommand.Create(),
    UserCommand.Create(),
    GrantCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

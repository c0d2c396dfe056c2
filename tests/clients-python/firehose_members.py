"""Prints every member of CreateDeliveryStream's and UpdateDestination's input, as botocore's service model has them.

One a line; `[]` stands for the items of a list, and an enum's values follow `=`. The newest list is kept in
tests/Tarn.Aws.Tests/testdata/firehose-members.txt: python3 tests/clients-python/firehose_members.py > that file.
"""
import botocore.session

model = botocore.session.get_session().get_service_model("firehose")


def walk(shape, path):
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from walk(member, f"{path}.{name}")
    elif shape.type_name == "list":
        yield from walk(shape.member, path + "[]")
    else:
        yield path + (" = " + ", ".join(shape.enum) if getattr(shape, "enum", None) else "")


for operation in ("CreateDeliveryStream", "UpdateDestination"):
    print("\n".join(walk(model.operation_model(operation).input_shape, operation)))

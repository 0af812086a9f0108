"""An import-linter contract: these packages import the standard library and each other, nothing else.

The built-in `forbidden` contract wants a list of what is forbidden, and such a list ages; this one
has no list, so the framework of tomorrow is forbidden today.
"""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """Broken by any direct import, in `packages`, of a distribution that is not one of the root packages.

    Imports under `if TYPE_CHECKING:` count too: a type is knowledge of a framework as well. Imports of
    our own outer packages are the business of the layers contract.
    """

    type_name = "standard_library_only"

    packages = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001  # import-linter's signature
        allowed = sys.stdlib_module_names | set(self.session_options["root_packages"])
        foreign = [
            f"{importer} imports {imported}"
            for package in self._package_names()
            for importer in sorted({package} | graph.find_descendants(package))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.partition(".")[0] not in allowed
        ]
        return ContractCheck(kept=not foreign, metadata={"foreign": foreign})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["foreign"]:
            output.print_error(f"- {line}", bold=False)

    def _package_names(self) -> list[str]:
        names: list[str] = self.packages  # type: ignore[assignment]  # a Field in the class, its value in instances
        return names

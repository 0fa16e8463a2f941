#!/usr/bin/env bash
# Copies the files of tests/data into tests/fuzz/corpus, a folder a target, as seeds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
data=../data

# seed TARGET FILE…
seed() {
  local target=$1 file
  shift
  mkdir -p "corpus/$target"
  for file in "$@"; do
    # Large inputs are slow to change; every reader has small ones.
    if [ -f "$file" ] && [ "$(wc -c <"$file")" -le 262144 ]; then
      cp "$file" "corpus/$target/$(basename "$(dirname "$file")")_$(basename "$file")"
    fi
  done
}

seed csv_table "$data"/{good,bad}/*.csv "$data"/good/*.txt
seed encoding "$data"/{good,bad}/*.csv "$data"/good/*.txt
seed xlsx "$data"/{good,bad}/*.xlsx
seed ods "$data"/{good,bad}/*.ods
seed xls "$data"/{good,bad}/*.xls "$data"/bad/old_workbook.csv
seed points_geojson "$data"/{good,bad}/*.geojson "$data"/oracle/assignment_points.csv
seed boundaries_geojson "$data"/{good,bad}/*.geojson
seed kml "$data"/{good,bad}/*.kml
seed geopackage "$data"/{good,bad}/*.gpkg
seed zip "$data"/{good,bad}/*.{zip,kmz,xlsx,ods} "$data"/oracle/*.zip
seed template "$data"/templates/*.toml
seed prj "$data"/good/*.prj
seed base_map ../../sample-data/demo/*.pmtiles
mkdir -p corpus/shapefile
for shp in "$data"/good/*.shp; do
  cat "$shp" "${shp%.shp}.dbf" >"corpus/shapefile/$(basename "$shp")"
done

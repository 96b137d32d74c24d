/// The script in an exported folder that makes fairseq's checkpoint of it, and a folder of a checkpoint.
enum FairseqScript {
  static let fileName = "fairseq.py"

  static let text = #"""
    #!/usr/bin/env python3
    """fairseq's checkpoint of the model in a folder, and back; needs PyTorch.

        python3 fairseq.py to-pt FOLDER checkpoint.pt
        python3 fairseq.py from-pt checkpoint.pt FOLDER

    A folder that is made from a checkpoint still needs the dictionaries and the codes that the model
    was trained with: dict.SOURCE.txt, dict.TARGET.txt, and codes if it reads subwords.
    """
    import argparse
    import array
    import json
    import os
    import struct
    import sys

    import torch

    # What fairseq asks of every convolutional translator and args.json leaves out.
    USUAL = {
        "task": "translation",
        "criterion": "label_smoothed_cross_entropy",
        "left_pad_source": True,
        "left_pad_target": False,
        "encoder_embed_path": None,
        "decoder_embed_path": None,
        "raw_text": False,
    }
    KEPT = [
        "arch", "encoder_embed_dim", "encoder_layers", "decoder_embed_dim", "decoder_layers",
        "decoder_out_embed_dim", "decoder_attention", "share_input_output_embed", "dropout",
        "label_smoothing", "max_source_positions", "max_target_positions", "source_lang",
        "target_lang",
    ]
    # A mark of fairseq's for the form of the convolutions' weights, which is the newer one.
    VERSION = "decoder.version"


    def read_safetensors(path):
        with open(path, "rb") as file:
            header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            data = bytearray(file.read())
        tensors = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            if entry["dtype"] != "F32":
                sys.exit(f"{path}: {name} is {entry['dtype']}, not F32")
            start, end = entry["data_offsets"]
            values = torch.frombuffer(data[start:end], dtype=torch.float32)
            tensors[name] = values.reshape(entry["shape"]).clone()
        return tensors


    def write_safetensors(tensors, path):
        header, start = {}, 0
        for name, tensor in tensors.items():
            end = start + 4 * tensor.numel()
            header[name] = {
                "dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end],
            }
            start = end
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        with open(path, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text)
            for tensor in tensors.values():
                file.write(array.array("f", tensor.flatten().tolist()).tobytes())


    def to_pt(folder, path):
        with open(os.path.join(folder, "args.json"), encoding="utf-8") as file:
            args = argparse.Namespace(**{**USUAL, **json.load(file)})
        model = read_safetensors(os.path.join(folder, "model.safetensors"))
        model[VERSION] = torch.tensor([2.0])
        checkpoint = {
            "args": args,
            "model": model,
            "optimizer_history": [
                {
                    "criterion_name": "LabelSmoothedCrossEntropyCriterion",
                    "optimizer_name": "NAG",
                    "lr_scheduler_state": {},
                    "num_updates": 0,
                }
            ],
            "extra_state": {"epoch": 1},
            "last_optimizer_state": None,
        }
        torch.save(checkpoint, path)


    def from_pt(path, folder):
        # Of all that a pickle might make, only this and tensors are made.
        torch.serialization.add_safe_globals([argparse.Namespace])
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
        args = checkpoint.get("args") or checkpoint["cfg"]["model"]
        args = args if isinstance(args, dict) else vars(args)
        if float(checkpoint["model"].get(VERSION, torch.tensor([1.0]))[0]) < 2:
            sys.exit(f"{path}: the weights have fairseq's older form; load and save it with fairseq")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "args.json"), "w", encoding="utf-8") as file:
            json.dump({name: args[name] for name in KEPT if name in args}, file, indent=2)
            file.write("\n")
        names = sorted(name for name in checkpoint["model"] if name != VERSION)
        tensors = {name: checkpoint["model"][name] for name in names}
        write_safetensors(tensors, os.path.join(folder, "model.safetensors"))


    def main():
        ways = {"to-pt": to_pt, "from-pt": from_pt}
        if len(sys.argv) != 4 or sys.argv[1] not in ways:
            sys.exit(__doc__)
        ways[sys.argv[1]](sys.argv[2], sys.argv[3])


    if __name__ == "__main__":
        main()

    """#
}
